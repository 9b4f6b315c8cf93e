from django.urls import path

from . import pages

app_name = "delivery"
urlpatterns = [
    path("desk/tasks/", pages.tasks, name="tasks"),
    path("desk/tasks/<int:task_id>/", pages.task, name="task"),
    path("desk/tasks/<int:task_id>/<slug:what>/", pages.act, name="act"),
    path("desk/t/<str:number>/handle/", pages.handle_directly, name="handle_directly"),
    path("desk/t/<str:number>/deliver/", pages.deliver, name="deliver"),
    path("desk/t/<str:number>/assign/", pages.assign, name="assign"),
    path("desk/task/<int:task_id>/reassign/", pages.reassign, name="reassign"),
    path("desk/task/<int:task_id>/urge/", pages.urge, name="urge"),
    path("desk/pleas/<int:plea_id>/", pages.decide, name="decide"),
    path("desk/supervision/", pages.supervision, name="supervision"),
    path("desk/t/<str:number>/supervise/", pages.supervise, name="supervise"),
    path("desk/t/<str:number>/resume/", pages.resume, name="resume"),
    path("desk/t/<str:number>/explain/", pages.explain, name="explain"),
]
