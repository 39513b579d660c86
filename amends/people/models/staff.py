"""Who works here: members, teams, skills."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.brands import Brand


class Role(models.TextChoices):
    """What a member may do; `people.permissions.can` is the table."""

    ADMIN = "admin", _("Admin")
    LEAD = "lead", _("Lead")
    AGENT = "agent", _("Agent")
    READER = "reader", _("Read only")


class Rung(models.IntegerChoices):
    """How high somebody stands on the ladder, and so what they may decide alone (C3.1).

    The fifth rung is outside: an ombudsman, a court, a regulator.
    """

    FIRST = 0, _("Whoever is asked first")
    SPECIALIST = 1, _("Recovery specialist")
    MANAGER = 2, _("Service manager")
    DIRECTOR = 3, _("Director")
    PRESIDENT = 4, _("Owner or president")


class Skill(models.Model):
    """Something that not everybody knows: returns, repairs, billing …"""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who serve the same brands."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    brands = models.ManyToManyField(Brand, verbose_name=_("brands"), related_name="teams")
    lead = models.ForeignKey(
        "people.Member",
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Makes members; there is no superuser, only the role admin."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        member = Member(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A member of staff; signs in with the mail address."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.AGENT)
    rung = models.PositiveSmallIntegerField(_("place on the ladder"), choices=Rung.choices, default=Rung.FIRST)
    title = models.CharField(_("title under letters"), max_length=80, blank=True)
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), blank=True, related_name="members")
    skills = models.ManyToManyField(Skill, verbose_name=_("skills"), blank=True, related_name="members")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    capacity = models.PositiveSmallIntegerField(_("open cases at once"), default=30)
    theme = models.CharField(
        _("theme"),
        max_length=6,
        default="",
        blank=True,
        choices=[("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    keys_on = models.BooleanField(_("one-letter keys"), default=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]
