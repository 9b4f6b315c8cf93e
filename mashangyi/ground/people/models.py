from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop as N_

from ..calendar.clock import now
from .actor import ROLES

UNIT_KINDS = {
    "department": N_("职能部门"),
    "street": N_("镇街"),
    "community": N_("村社区"),
    "property": N_("物业"),
    "utility": N_("水电气等公用单位"),
    "enterprise": N_("企业"),
    "organisation": N_("社会组织"),
}


class People(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Someone with an account. Who they are stands in the vault; here is only what signing in needs."""

    username = models.CharField(max_length=60, unique=True, null=True)
    kind = models.CharField(max_length=10, choices=[("resident", "resident"), ("staff", "staff")])
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    sign_in_version = models.PositiveIntegerField(default=0, help_text="counts on when older sessions are to end")

    USERNAME_FIELD = "username"
    objects = People()

    def _get_session_auth_hash(self, secret=None) -> str:
        """What a session is compared with on every page: it ends with the password or the version it began under."""
        known = f"{self.password}:{self.sign_in_version}"
        return salted_hmac("mashangyi.session", known, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff_member(self) -> bool:
        return self.kind == "staff"


class Identity(models.Model):
    """The vault: one sealed fact about one subject ("person:4", "report:19"). Only vault.py opens it."""

    subject = models.CharField(max_length=40)
    field = models.CharField(max_length=16)
    sealed = models.BinaryField()
    blind = models.CharField(max_length=44, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("subject", "field", name="one_fact_a_field")]
        indexes = [models.Index("blind", name="vault_blind", condition=~models.Q(blind=""))]


class PhoneCode(models.Model):
    """A sign-in code sent to a phone: who asked holds `handle`, who reads the message knows the code.

    Neither the number nor the code stands here, only keyed hashes. Rows are swept after a day.
    """

    handle = models.CharField(max_length=32, unique=True)
    blind = models.CharField(max_length=44)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("blind", name="codes_of_phone"),
            models.Index("sent_at", name="codes_by_age"),
        ]


class Unit(models.Model):
    """A body that carries things out: a department, a street office, a property manager, a power company."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, default="department")
    place = models.CharField(max_length=12)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("place", "name", name="one_unit_a_name_and_place")]
        indexes = [models.Index("place", "name", name="unit_of_place")]

    def __str__(self):
        return self.name


class Post(models.Model):
    """A role held by a person, in a place, room or unit, for a time. A person may hold several."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=list(ROLES.items()))
    title = models.CharField(max_length=80, help_text="the body it is held for: 长西社区, 清浦街道党工委")
    place = models.CharField(max_length=12)
    room = models.ForeignKey("places.Room", models.PROTECT, null=True, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index("person", "role", name="posts_of_person"),
            models.Index("place", "role", name="posts_of_place"),
        ]

    @property
    def label(self) -> str:
        """What the public reads and the journal keeps: body and role, no name. Chinese, as on the door."""
        return f"{self.title} {ROLES[self.role]}"

    def holds_on(self, day) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
