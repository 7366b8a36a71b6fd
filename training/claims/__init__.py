"""Two models of claims, duplicate and fraud, learned from what reviews found of the few claims that anybody reviewed."""
