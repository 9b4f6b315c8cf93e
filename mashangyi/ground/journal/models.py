from django.db import models


class Unchangeable(RuntimeError):
    """Somebody tried to change the journal. A mistake is put right by another deed, never by changing one."""


class EntryQuerySet(models.QuerySet):
    """The journal is written by record() and read by everyone else."""

    def _refuse(self, *args, **kwargs):
        raise Unchangeable("entries of the journal are added by record(), and never changed or deleted")

    update = delete = bulk_update = bulk_create = update_or_create = get_or_create = create = _refuse


class Entry(models.Model):
    """One deed: who, in what capacity, for which organ, when, what, on what. Never changed, never deleted.

    `data` holds no identity of a resident. `hash` covers every other field and the hash before it;
    for `person` it covers a seal made with `salt`, so that an entry can be recounted by everyone
    without telling who it was.
    """

    city = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    salt = models.CharField(max_length=32)
    role = models.CharField(max_length=20)
    organ = models.CharField(max_length=120)
    verb = models.CharField(max_length=48)
    topic = models.BigIntegerField(null=True)
    room = models.BigIntegerField(null=True)
    place = models.CharField(max_length=12)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("city", "seq", name="one_entry_a_number")]
        indexes = [
            models.Index("topic", "seq", name="entry_of_topic", condition=models.Q(topic__isnull=False)),
            models.Index("room", "seq", name="entry_of_room", condition=models.Q(room__isnull=False)),
        ]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable(f"entry {self.seq} of the journal cannot be changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise Unchangeable(f"entry {self.seq} of the journal cannot be deleted")


class Chain(models.Model):
    """The end of a city's chain. Whoever writes an entry holds this row: entries stand in strict order."""

    city = models.CharField(max_length=4, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Cursor(models.Model):
    """How far a reader of the journal (notices, tallies, write-back) has read."""

    reader = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
