"""What Amends promises when things break: kills, failing operations, crowds, full disks (reliability §4).

Nothing here is known to the product: its functions are wrapped by name, in processes of their own.
"""
