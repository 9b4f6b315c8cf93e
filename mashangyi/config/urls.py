"""Every door on one screen."""

from django.urls import include, path

urlpatterns = [
    path("", include("mashangyi.topic.urls")),  # most asked first
    path("", include("mashangyi.stages.intake.urls")),
    path("", include("mashangyi.civic.insight.urls")),
    path("", include("mashangyi.doors.web.urls")),
    path("", include("mashangyi.ground.people.urls")),
    path("", include("mashangyi.ground.photos.urls")),
    path("", include("mashangyi.ground.calendar.urls")),
    path("", include("mashangyi.ground.journal.urls")),
    path("", include("mashangyi.ground.outbox.urls")),
    path("", include("mashangyi.stages.triage.urls")),
    path("", include("mashangyi.stages.deliberation.urls")),
    path("", include("mashangyi.stages.mediation.urls")),
    path("", include("mashangyi.stages.delivery.urls")),
    path("", include("mashangyi.stages.evaluation.urls")),
]

handler400 = "mashangyi.doors.web.pages.unread"
handler403 = "mashangyi.doors.web.pages.refused"
handler404 = "mashangyi.doors.web.pages.missing"
handler500 = "mashangyi.doors.web.pages.problem"
