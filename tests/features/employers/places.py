"""Employers in regions that the shipped table of minimum wages knows, and in others."""

PLACES = ("qinglan", "dongdu", "elsewhere", "nowhere")


def in_places(employers):
    """Employers called after the region they are in; nobody knows where `nowhere` is."""
    lines = [f"{e} | {e} | {'' if e == 'nowhere' else e} | 2020-01-01" for e in employers]
    return "\n".join(["employer_id | name | region | known_on", *lines])
