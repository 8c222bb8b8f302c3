package io.campanile.server.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.util.List;

/// Orders: creates, reviews, activates and triggers a transactional campaign, repeats the trigger,
/// and shows what arrived.
final class OrderDemo {
    private final Steps steps;
    private final Inbox inbox;

    OrderDemo(Steps steps, Inbox inbox) {
        this.steps = steps;
        this.inbox = inbox;
    }

    void run() throws IOException, MessagingException {
        steps.title("A channel configuration: whom mails come from and who takes them");
        steps.call("CreateChannelConfiguration", DemoRequests.channelConfiguration(inbox.port()));
        steps.call("ActivateChannelConfiguration", DemoRequests.CHANNEL_CONFIGURATION_NAME);

        steps.title("A campaign: HTML and text with variables");
        steps.call("CreateCampaign", DemoRequests.CAMPAIGN);

        steps.title("Its review: what stands in the way, and what might be better");
        JsonObject review = steps.call("ReviewCampaign", DemoRequests.CAMPAIGN_NAME);
        steps.checks()
                .that("the campaign can be activated", review.get("activatable").getAsBoolean());

        steps.title("Its activation");
        JsonObject live = steps.call("ActivateCampaign", DemoRequests.CAMPAIGN_NAME);
        steps.checks().that("the campaign is live", Steps.text(live, "state").equals("STATE_LIVE"));

        steps.title(
                "A trigger: three recipients with data of their own, and one without its order");
        JsonObject first = steps.call("TriggerCampaign", DemoRequests.TRIGGER);
        checkFirst(first);

        steps.title(
                "The same trigger again, as after a lost answer: the same answer, no second mail");
        JsonObject again = steps.call("TriggerCampaign", DemoRequests.TRIGGER);
        checkReplay(first, again);

        steps.title("What became of it");
        JsonObject execution = watch(Steps.text(first, "execution"));
        checkCounts(execution.getAsJsonObject("counts"));

        steps.title("The mails as they arrived");
        showMails();
    }

    private void checkFirst(JsonObject answer) {
        JsonArray results = answer.getAsJsonArray("results");
        for (int i = 0; i < 3; i++) {
            steps.checks()
                    .that(
                            "recipient %d is accepted".formatted(i + 1),
                            results.get(i).getAsJsonObject().has("accepted"));
        }
        steps.checks()
                .that(
                        "the recipient without an order is rejected",
                        results.get(3).getAsJsonObject().has("rejected"));
    }

    private void checkReplay(JsonObject first, JsonObject again) {
        steps.checks()
                .that(
                        "the repeated call is a duplicate",
                        again.has("duplicate") && again.get("duplicate").getAsBoolean());
        steps.checks()
                .that(
                        "the repeated call has the same execution",
                        Steps.text(first, "execution").equals(Steps.text(again, "execution")));
        steps.checks()
                .that(
                        "the repeated call has the same results",
                        first.get("results").equals(again.get("results")));
    }

    private void checkCounts(JsonObject counts) {
        steps.checks()
                .that(
                        "three messages were planned",
                        Steps.text(counts, "plannedCount").equals("3"));
        steps.checks()
                .that("three messages were sent", Steps.text(counts, "sentCount").equals("3"));
    }

    private void showMails() throws IOException, MessagingException {
        List<Inbox.Mail> mails = inbox.mails();
        for (Inbox.Mail mail : mails) {
            MailText read = MailText.of(mail);
            Arrivals.print(steps.out(), mail.recipient(), read);
            var person = DemoRequests.PEOPLE.get(mail.recipient());
            steps.checks()
                    .that(
                            "each mail has its recipient's own data, in text and HTML",
                            person != null
                                    && read.subject().contains(person.order())
                                    && read.text().contains(person.name())
                                    && read.html().contains(person.name()));
        }
        steps.checks().that("three mails arrived", mails.size() == 3);
        steps.checks()
                .that(
                        "each of the three people got one mail",
                        mails.stream().map(Inbox.Mail::recipient).distinct().count() == 3);
        steps.out().println("    %d mails, %d recipients".formatted(mails.size(), 3));
        steps.out().flush();
    }

    private JsonObject watch(String execution) {
        return steps.call("WatchExecution", "{\"name\": \"%s\"}".formatted(execution));
    }
}
