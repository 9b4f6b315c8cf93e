from django.db import models


class Entry(models.Model):
    """One deed: who, in what capacity, for which organ, when, what, on what. Never changed, never deleted.

    `data` holds no identity of a resident. `hash` covers every other field and the hash before it.
    """

    city = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    organ = models.CharField(max_length=120)
    verb = models.CharField(max_length=48)
    topic = models.BigIntegerField(null=True)
    room = models.BigIntegerField(null=True)
    place = models.CharField(max_length=12)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("city", "seq", name="one_entry_a_number")]
        indexes = [
            models.Index("topic", "seq", name="entry_of_topic", condition=models.Q(topic__isnull=False)),
            models.Index("room", "seq", name="entry_of_room", condition=models.Q(room__isnull=False)),
        ]


class Chain(models.Model):
    """The end of a city's chain. Whoever writes an entry holds this row, so entries stand in strict order."""

    city = models.CharField(max_length=4, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Cursor(models.Model):
    """How far a reader of the journal (notices, tallies, write-back) has read."""

    reader = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
