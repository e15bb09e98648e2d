"""The second stage of the content checks: a judge that reads one new item and weighs what it says.

The first stage looks for phrases; half of what people write holds none. The judge was trained on labelled items of
invented schools and knows words, pieces of words and, where the sentence encoder is installed, the drift of a sentence.
It needs numpy (the optional extra `judge`); without it `load_judge` gives None and the first stage stands alone.
"""

from app.judge.loading import can_read_closely, load_close_reader, load_judge, reader_mark

__all__ = ["can_read_closely", "load_close_reader", "load_judge", "reader_mark"]
