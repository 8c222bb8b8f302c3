package io.campanile.domain.suppression;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Comparator;

/// An address as a workspace writes to it. In the order in which everybody locks what is said of
/// addresses. Prints itself masked.
public record BouncedAddress(WorkspaceId workspace, SuppressionTarget target)
        implements Comparable<BouncedAddress> {
    private static final Comparator<BouncedAddress> ORDER =
            Comparator.comparing((BouncedAddress next) -> next.workspace().value())
                    .thenComparing(next -> next.target().value());

    /// The address in a workspace.
    public static BouncedAddress of(WorkspaceId workspace, EmailAddress address) {
        return new BouncedAddress(workspace, SuppressionTarget.of(address));
    }

    @Override
    public int compareTo(BouncedAddress other) {
        return ORDER.compare(this, other);
    }
}
