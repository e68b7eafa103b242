"""One module a figure, and what they share.

A figure module finds rows in a table (``find_x``), draws them (``plot_x``), says what its caption and alt text tell (a ``Kind``)
and how a study draws it (a ``Plan``). It computes nothing and imports only what is shared: rows < words, axes < plan.
"""
