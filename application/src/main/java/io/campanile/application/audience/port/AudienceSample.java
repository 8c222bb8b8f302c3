package io.campanile.application.audience.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Some members of an audience.
///
/// @param members how many there are in all
/// @param chosen by chance; all of them, if there are not more than were asked for
public record AudienceSample(long members, List<Member> chosen) {
    public AudienceSample {
        chosen = List.copyOf(chosen);
    }

    /// A member as a broadcast names them.
    ///
    /// @param identity in the namespace that was asked for, or else their first
    /// @param address the identity, if it is one and the profile has none of its own
    public record Member(Identity identity, @Nullable EmailAddress address) {
        @Override
        public String toString() {
            return identity.toString();
        }
    }
}
