"""Figures that a journal prints: estimates in; PDF, SVG, PNG, plotted rows, caption and alt text out.

Those that draw form one chain, each importing only from those to its left: style, figures_rows <
captions, figures_axes < figures < figures_study < gallery.
"""
