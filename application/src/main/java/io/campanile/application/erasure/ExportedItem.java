package io.campanile.application.erasure;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.Suppression;

/// One thing that is stored about a person.
public sealed interface ExportedItem {
    record Person(Profile profile) implements ExportedItem {}

    record Membership(AudienceName audience) implements ExportedItem {}

    record Suppressed(Suppression suppression) implements ExportedItem {}

    /// An address of theirs on the allowed list.
    record Allowed(AllowedEntry entry) implements ExportedItem {}

    /// About the person, or about an address of theirs.
    record Said(ConsentRecord consent) implements ExportedItem {}

    record Sent(MessageView message) implements ExportedItem {}

    /// What happened to a message to them on its way, or was reported of it.
    record Happened(MessageId message, MessageEvent event) implements ExportedItem {}
}
