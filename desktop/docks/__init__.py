"""The tray at the foot of the window: assets, make, jobs, history."""
