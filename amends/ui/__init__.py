"""The look, free of the domain: base templates, components, CSS, scripts."""
