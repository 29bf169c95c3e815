from hypothesis import settings

# a busy machine is slow at times; what is tested here is not speed
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
