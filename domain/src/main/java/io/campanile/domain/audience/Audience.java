package io.campanile.domain.audience;

import java.time.Instant;

/// People that marketing is sent to together. Its members are profiles, each at most once; there
/// can be millions, so they are not part of it.
///
/// @param memberCount how many members it has; changes without a new version
/// @param version raised by every change but those of members; the etag
public record Audience(
        AudienceId id,
        AudienceName name,
        String displayName,
        String description,
        long memberCount,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// An audience nobody has changed yet, without members.
    public static Audience created(
            AudienceId id, AudienceName name, String displayName, String description, Instant now) {
        return new Audience(id, name, displayName, description, 0, 1, now, now);
    }

    /// The audience after an edit.
    public Audience edited(String newDisplayName, String newDescription, Instant now) {
        return new Audience(
                id,
                name,
                newDisplayName,
                newDescription,
                memberCount,
                version + 1,
                createTime,
                now);
    }
}
