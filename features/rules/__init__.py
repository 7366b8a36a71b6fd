"""Policy rules beside the models: dated, with a legal basis, over the features of claims, from a file in YAML."""
