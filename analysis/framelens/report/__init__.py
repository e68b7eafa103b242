"""Figures that a journal prints: estimates in; PDF, SVG, PNG, plotted rows, caption and alt text out.

Those that draw form one chain, each importing only from those to its left: style < plots < captions, figures_study < gallery.
"""
