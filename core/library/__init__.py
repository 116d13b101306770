"""The shipped library of design elements: icons, illustrations, flags and patterns, each with its licence."""
