"""The drawings of dishes and places: static/img/pictures is made by `python -m seeds.pictures.draw` and `...render`."""
