"""How the desk is kept well: is it ready, how does it do, what is wrong; backups, keys, upgrades.

Read by machines and by whoever runs the desk; no agent and no customer comes here.
"""
