package io.campanile.domain.audience;

import java.time.Instant;

/// People that marketing is sent to together: either those who were listed, or those whom a rule
/// matches at the moment, never both. Its members are profiles, each at most once; there can be
/// millions, so they are not part of it.
///
/// @param memberCount how many are listed, so 0 with a rule; changes without a new version
/// @param version raised by every change but those of members; the etag
public record Audience(
        AudienceId id,
        AudienceName name,
        AudienceDefinition definition,
        long memberCount,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// An audience nobody has changed yet, without listed members.
    public static Audience created(
            AudienceId id, AudienceName name, AudienceDefinition definition, Instant now) {
        return new Audience(id, name, definition, 0, 1, now, now);
    }

    /// Who is in it; empty where members are listed.
    public String rule() {
        return definition.rule();
    }

    public boolean isByRule() {
        return !rule().isEmpty();
    }

    /// This with what can be edited replaced.
    public Audience edited(AudienceDefinition edit) {
        return new Audience(id, name, edit, memberCount, version, createTime, updateTime);
    }

    /// The same as its next version.
    Audience changed(Instant now) {
        return new Audience(id, name, definition, memberCount, version + 1, createTime, now);
    }

    /// The audience when so many more are listed; fewer when that is negative.
    public Audience withMore(long members) {
        return new Audience(
                id, name, definition, memberCount + members, version, createTime, updateTime);
    }
}
