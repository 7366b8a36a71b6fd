"""Reviews of alerts: what people may do with an alert, what they did, what they found."""
