"""Who asks: accounts, sign-in, sessions, machines' tokens, what each role may do, and what is shown of a person."""
