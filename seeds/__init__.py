"""Our own demo catalogue: word lists and the generator that makes merchants and offers of them.

Everything is invented, except the names and coordinates of public places.
"""
