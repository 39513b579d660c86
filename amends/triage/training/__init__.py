"""Training of the reader's models from the cleared data sets. Needs scikit-learn (group `train`), which no desk needs.

`python -m amends.triage.training --data FOLDER` writes `amends/triage/reader/reader.model` and, where `amends[semantic]` is
installed, `reader-semantic.model` beside it, the same for the same data and seed. Texts stay where
they are; a model holds weights only.
"""
