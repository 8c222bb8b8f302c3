package io.campanile.server.demo;

import com.google.gson.JsonObject;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Marketing: goes to those who agreed and to nobody else, says why, and takes an unsubscribe link
/// for a no.
final class NewsletterDemo {
    private static final Pattern TOKEN =
            Pattern.compile(
                    Pattern.quote(NewsletterRequests.UNSUBSCRIBE_URL) + "\\?token=([\\w-]+)");

    private final Steps steps;
    private final Inbox inbox;

    NewsletterDemo(Steps steps, Inbox inbox) {
        this.steps = steps;
        this.inbox = inbox;
    }

    void run() throws IOException, MessagingException {
        steps.title("Marketing: a channel configuration and a newsletter with an unsubscribe link");
        steps.call(
                "CreateChannelConfiguration",
                NewsletterRequests.channelConfiguration(inbox.port()));
        steps.call("ActivateChannelConfiguration", NewsletterRequests.CHANNEL_CONFIGURATION_NAME);
        steps.call("CreateCampaign", NewsletterRequests.CAMPAIGN);
        steps.call("ActivateCampaign", NewsletterRequests.CAMPAIGN_NAME);

        steps.title("Ada and Blaise agreed, Grace refused, and mail to Blaise came back");
        steps.call("RecordConsent", NewsletterRequests.consent("ada@example.com", "GRANTED"));
        steps.call("RecordConsent", NewsletterRequests.consent("blaise@example.com", "GRANTED"));
        steps.call("RecordConsent", NewsletterRequests.consent("grace@example.com", "DENIED"));
        steps.call("CreateSuppression", NewsletterRequests.SUPPRESSION);

        steps.title("The newsletter to all of them, and to Joan, who never said anything");
        JsonObject answer = steps.call("TriggerCampaign", NewsletterRequests.trigger("news-1"));
        check(answer, "Ada", 0, "");
        check(answer, "Grace", 1, "REASON_CONSENT_DENIED");
        check(answer, "Blaise", 2, "REASON_ADDRESS_SUPPRESSED");
        check(answer, "Joan", 3, "REASON_CONSENT_DENIED");

        steps.title("Why Grace got none");
        JsonObject explained = steps.call("ExplainRecipient", NewsletterRequests.EXPLANATION);
        steps.checks()
                .that(
                        "the explanation names the record of Grace's no",
                        explained.toString().contains("workspaces/default/consentRecords/"));

        steps.title("Ada follows the unsubscribe link in her mail");
        steps.call("RecordConsent", NewsletterRequests.unsubscribe(tokenOf("ada@example.com")));
        JsonObject later = steps.call("TriggerCampaign", NewsletterRequests.trigger("news-2"));
        check(later, "Ada", 0, "REASON_CONSENT_DENIED");
        steps.checks().that("one newsletter arrived", newsletters().size() == 1);
    }

    /// @param reason why the person was excluded; empty when they were not
    private void check(JsonObject answer, String person, int index, String reason) {
        JsonObject result = answer.getAsJsonArray("results").get(index).getAsJsonObject();
        boolean kept =
                reason.isEmpty()
                        ? result.has("accepted")
                        : result.has("excluded")
                                && Steps.text(result.getAsJsonObject("excluded"), "reason")
                                        .equals(reason);
        String what = reason.isEmpty() ? "gets the newsletter" : "is excluded with " + reason;
        steps.checks().that(person + " " + what, kept);
    }

    private String tokenOf(String recipient) throws IOException, MessagingException {
        for (Inbox.Mail mail : newsletters()) {
            Matcher token = TOKEN.matcher(MailText.of(mail).text());
            if (mail.recipient().equals(recipient) && token.find()) {
                return token.group(1);
            }
        }
        steps.checks().that("the newsletter has an unsubscribe link", false);
        return "none";
    }

    private List<Inbox.Mail> newsletters() throws IOException, MessagingException {
        List<Inbox.Mail> found = new ArrayList<>();
        for (Inbox.Mail mail : inbox.mails()) {
            if (MailText.of(mail).subject().equals(NewsletterRequests.SUBJECT)) {
                found.add(mail);
            }
        }
        return found;
    }
}
