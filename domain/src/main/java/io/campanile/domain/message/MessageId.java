package io.campanile.domain.message;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A UUIDv7 (RFC 9562): its time is the time of acceptance, its order the order of acceptance.
public record MessageId(UUID value) implements Comparable<MessageId> {
    /// An id, angle brackets or not, at the domain of whoever sent it.
    private static final Pattern HEADER =
            Pattern.compile(
                    "<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^\\s<>@]+>?",
                    Pattern.CASE_INSENSITIVE);

    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/messages/" + value;
    }

    /// The `Message-ID` of the mail (RFC 5322 §3.6.4).
    ///
    /// @param domain of the sender
    public String header(String domain) {
        return "<" + value + "@" + domain + ">";
    }

    /// The message whose mail has that `Message-ID`; nothing when the header was not made here.
    public static Optional<MessageId> ofHeader(String header) {
        Matcher found = HEADER.matcher(header.strip());
        return found.matches()
                ? Optional.of(new MessageId(UUID.fromString(found.group(1))))
                : Optional.empty();
    }

    /// When it was accepted, as its id says, to the millisecond.
    public Instant acceptTime() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    /// Unsigned, as PostgreSQL compares uuids; [UUID#compareTo] is signed.
    @Override
    public int compareTo(MessageId other) {
        int high =
                Long.compareUnsigned(
                        value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
