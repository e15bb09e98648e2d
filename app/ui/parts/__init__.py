"""The parts screens are made of. Each is one file, named for what it is; its docstring shows how it is used.

text      title, section, body, quiet, caption, OneLine: labels that never read mark-up; plain_tip for tooltips
buttons   primary, secondary, danger, plain, icon_button
arrange   page, scrolling, column, row, wrapping, tiles, rule: widgets on the 8 px grid, in one line each
chip      Chip(icon, word, tone) and ChipLabel;  glyph  an icon alone
header    PageHeader: title, subtitle, chips, actions
banner    Banner: what happened, what it means, what to do;  empty  EmptyState
split     ListDetail: side by side, or one at a time below 1100 px;  pair  Pair: beside or under one another
columns, table, filters, listing    Column, Table, FilterBar, Listing ("214 pupils, 1 selected"); PagedRows, Choice
form      Form: fields with names, hints and faults;  dates  date_field;  searchfield  SearchField
marked    MarkedText: an item's text with numbered findings
card, facts, stat, timeline, rulings, bars    what a record is told with
pages     PagesView: a PDF's real pages
confirm   confirm, ask_reason;  progress  ProgressStrip

A widget is shown by being put somewhere: `show()` or `setVisible(True)` before that makes a window of it.
"""
