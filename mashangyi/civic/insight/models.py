from django.db import models


class Tally(models.Model):
    """How much of one figure happened in one place in one month. `place` is a code of 4, 6, 9 or 12 digits."""

    place = models.CharField(max_length=12)
    month = models.DateField()
    figure = models.CharField(max_length=40)
    n = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("place", "figure", "month", name="one_tally_a_month")]


class Line(models.Model):
    """One entry of the journal (`seq`) behind a figure of a place: the list that the number leads to.

    The sum of `n` over the lines of a figure is its tally; most are 1, money is yuan.
    """

    place = models.CharField(max_length=12)
    figure = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    month = models.DateField()
    n = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("place", "figure", "seq", name="one_line_an_entry")]
        indexes = [models.Index("place", "figure", "month", "seq", name="lines_of_month")]
