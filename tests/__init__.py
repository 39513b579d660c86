"""Tests of the whole: stories, architecture, security, real peers."""
