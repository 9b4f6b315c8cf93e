from django.db import models
from django.utils.translation import gettext_noop as N_

from ..calendar.clock import now
from .naming import padded

LEVELS = {4: N_("市"), 6: N_("县区"), 9: N_("镇街"), 12: N_("村社区")}

ROOM_KINDS = {
    "village": N_("村"),
    "community": N_("社区"),
    "town": N_("镇街"),
    "park": N_("园区"),
    "sector": N_("界别"),
    "enterprise": N_("企业"),
    "outdoor": N_("户外"),
}

# What scanning a code lets a person do.
PURPOSES = {
    "report": N_("反映问题"),
    "suggest": N_("提建议"),
    "deliberate": N_("参加协商"),
    "check": N_("查进展"),
    "judge": N_("评结果"),
    "sign_in": N_("签到"),
}

PRINTED = {
    "door_plate": N_("门牌"),
    "poster": N_("海报"),
    "lift_card": N_("电梯卡"),
    "table_card": N_("桌牌"),
    "fan": N_("扇子"),
    "screen": N_("屏幕"),
}


class Division(models.Model):
    """A city, county, town or village. Its code without trailing zeros is its path: a prefix is a subtree."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(help_text="digits of the code that count: 4, 6, 9 or 12")
    parent = models.CharField(max_length=12, blank=True, db_index=True)
    legal = models.BooleanField(default=True, help_text="false: a statistical area, such as a park or farm")
    virtual = models.BooleanField(
        default=False, help_text="true: a living area that exists in statistics only"
    )
    official = models.CharField(max_length=12, blank=True, help_text="a town's current administrative code")
    pinyin = models.CharField(max_length=60, blank=True, help_text="huai yin; counties and towns only")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def padded(self) -> str:
        """The code as twelve digits, as rooms and topics keep it."""
        return padded(self.code)


class Alias(models.Model):
    """Another name that people use for a division, and names that several divisions share."""

    name = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint("name", "division", name="one_alias_a_division")]
        indexes = [models.Index("name", name="alias_name")]


class Room(models.Model):
    """A deliberation room (协商议事室). `place` is the code of its division, padded with 0 to 12 digits."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=list(ROOM_KINDS.items()), default="community")
    division = models.ForeignKey(Division, models.PROTECT, related_name="rooms")
    place = models.CharField(max_length=12)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("place", "name", name="one_room_a_name_and_place")]
        indexes = [
            models.Index("place", "id", name="room_of_place"),
            models.Index("closed_on", "place", name="rooms_by_place"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class Code(models.Model):
    """A printed QR code: opaque, revocable, for one purpose at one target, each printed item of its own.

    `short` is typed or scanned (/s/K7M2Q9); `spoken` is six digits for a phone that cannot scan.
    Scans are counted by day and nothing else is kept of them.
    """

    short = models.CharField(max_length=10, unique=True)
    spoken = models.CharField(max_length=6, unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="codes")
    purpose = models.CharField(max_length=12, choices=list(PURPOSES.items()), default="report")
    target = models.CharField(max_length=40, blank=True, help_text="topic:12, meeting:3; empty: the room")
    item = models.CharField(max_length=12, choices=list(PRINTED.items()), default="poster")
    spot = models.CharField(max_length=80, blank=True, help_text="where this item hangs: 3 号楼电梯")
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index("room", "id", name="codes_of_room")]

    @property
    def revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def spoken_apart(self) -> str:
        """ "482 913": as it is printed and said."""
        return f"{self.spoken[:3]} {self.spoken[3:]}"


class Scans(models.Model):
    """How often a code was opened on a day. No person, no device, no hour."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="scans")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("code", "day", name="one_count_a_day")]
