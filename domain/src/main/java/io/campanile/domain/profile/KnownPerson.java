package io.campanile.domain.profile;

/// Somebody whose profile was found.
public record KnownPerson(ProfileId id, ProfileDetails details) {}
