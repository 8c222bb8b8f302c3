package io.campanile.application.audience.port;

import io.campanile.domain.profile.Identity;

import java.util.List;

/// Some members of an audience.
///
/// @param members how many there are in all
/// @param chosen by chance, each as a broadcast names them: by an identity in the namespace that
///   was asked for, or else by their first; all of them, if there are not more than were asked for
public record AudienceSample(long members, List<Identity> chosen) {
    public AudienceSample {
        chosen = List.copyOf(chosen);
    }
}
