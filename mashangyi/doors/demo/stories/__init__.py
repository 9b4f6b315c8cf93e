"""The eighteen cases, by county. Each function tells one and yields the moments of its steps."""

from . import hongze_lianshui, huaian, huaiyin, jinhu, qingjiangpu, xuyi

STORIES = (
    qingjiangpu.toilet_by_the_canal,
    qingjiangpu.noise_of_the_building_site,
    qingjiangpu.benches_for_the_market,
    huaian.flood_in_the_village,
    huaian.holiday_class,
    huaian.light_for_the_ground_floor,
    huaiyin.road_by_the_railway,
    huaiyin.meals_for_the_disabled,
    jinhu.meters_for_the_boats,
    jinhu.rotten_galleries,
    jinhu.overflowing_pipes,
    hongze_lianshui.fishers_ashore,
    hongze_lianshui.light_every_corner,
    hongze_lianshui.services_of_members,
    xuyi.a_year_of_opinions,
    xuyi.under_the_stars,
    xuyi.hail_on_the_peaches,
    huaiyin.insurance_for_the_cadres,
)
