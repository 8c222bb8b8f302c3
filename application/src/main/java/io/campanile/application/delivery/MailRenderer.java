package io.campanile.application.delivery;

import io.campanile.application.campaign.RevisionSnapshot;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Decided;

import java.util.Optional;

/// Renders the mails of one channel configuration. Whatever is wrong with one revision or message
/// must not affect others: it is logged, and there is no mail. This includes a stack that
/// overflows: unlike memory, the stack is free again once the error is caught.
final class MailRenderer {
    private static final System.Logger LOG = System.getLogger(MailRenderer.class.getName());

    /// Characters: names in templates may be of any length, and this is kept for each message.
    private static final int MOST_TOLD = 300;

    private static final String UNEXPECTED = "an unexpected error, which the log tells of";

    private final RevisionSource revisions;
    private final UnsubscribeLinks unsubscribeLinks;
    private final String unsubscribeUrl;

    MailRenderer(
            RevisionSource revisions,
            UnsubscribeLinks unsubscribeLinks,
            ChannelConfiguration configuration) {
        this.revisions = revisions;
        this.unsubscribeLinks = unsubscribeLinks;
        this.unsubscribeUrl = configuration.definition().sender().unsubscribeUrl();
    }

    /// What a message is rendered from; nothing when it cannot be.
    ///
    /// @throws StoreUnavailable when it is not known here
    Optional<RevisionSnapshot> revision(Deliverable message) {
        try {
            Optional<RevisionSnapshot> revision =
                    revisions.revision(message.campaign(), message.revision());
            if (revision.isEmpty()) {
                logFailed(message, "the campaign was purged");
            }
            return revision;
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            logUnexpected(message, e);
            return Optional.empty();
        }
    }

    /// What rendering came to.
    sealed interface Rendering {
        record Rendered(OutgoingEmail email) implements Rendering {}

        /// It cannot be rendered.
        ///
        /// @param why for whoever asks about the message; no value of the recipient
        record Failed(String why) implements Rendering {}
    }

    Rendering render(
            Deliverable message, RevisionSnapshot revision, Subject subject, Decided decided) {
        try {
            return new Rendering.Rendered(
                    render(message, revision, subject, decided.facts().addressee()));
        } catch (RenderingFailed e) {
            String why = shortened(String.valueOf(e.getMessage()));
            logFailed(message, why);
            return new Rendering.Failed(why);
        } catch (RuntimeException | StackOverflowError e) {
            logUnexpected(message, e);
            return new Rendering.Failed(UNEXPECTED);
        }
    }

    private static String shortened(String why) {
        return why.codePointCount(0, why.length()) <= MOST_TOLD
                ? why
                : why.substring(0, why.offsetByCodePoints(0, MOST_TOLD)) + "…";
    }

    private OutgoingEmail render(
            Deliverable message, RevisionSnapshot revision, Subject subject, Addressee addressee) {
        String link = unsubscribeLinks.link(unsubscribeUrl, subject.occasion(), message.identity());
        RenderedEmail content =
                revision.render(
                        message.payload(), addressee.details().attributes(), message.id(), link);
        return new OutgoingEmail(
                message.id(),
                revision.category(),
                addressee.requiredAddress(),
                content,
                message.expireTime(),
                link,
                revision.name());
    }

    private static void logFailed(Deliverable message, String cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "rendering failed message={0} cause={1}",
                message.id(),
                cause);
    }

    private static void logUnexpected(Deliverable message, Throwable e) {
        LOG.log(
                System.Logger.Level.ERROR,
                "rendering failed unexpectedly message=" + message.id(),
                e);
    }
}
