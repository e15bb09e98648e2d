"""The parts screens are made of. Each is one file, named for what it is; its docstring shows how it is used.

text      title, section, body, quiet, caption: labels that never read mark-up
buttons   primary, secondary, danger, plain, icon_button
arrange   column, row, page: widgets under or beside one another on the 8 px grid
chip      Chip(icon, word, tone) and ChipLabel
header    PageHeader: title, subtitle, chips, actions
banner    Banner: what happened, what it means, what to do
empty     EmptyState
split     ListDetail
columns, rows, table, filters, listing      the fast table, its filters and its count
form      Form: fields with names, hints and faults
marked    MarkedText: an item's text with numbered findings
facts, timeline, rulings, card, stat, bars, pages, confirm, progress
"""
