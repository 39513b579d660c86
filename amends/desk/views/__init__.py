"""The desk's views: each takes the request, calls one flow or one subject, and answers with a page."""
