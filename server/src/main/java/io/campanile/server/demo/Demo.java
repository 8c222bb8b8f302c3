package io.campanile.server.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.ApiMethods;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Creates, reviews, activates and triggers a campaign, only through the public API, and shows what
/// was sent, what was answered and what arrived. Everything it promises is checked.
public final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiClient api;
    private final Inbox inbox;
    private final PrintWriter out;
    private final Checks checks = new Checks();
    private int steps;

    Demo(ApiClient api, Inbox inbox, PrintWriter out) {
        this.api = api;
        this.inbox = inbox;
        this.out = out;
    }

    /// Runs through all steps.
    ///
    /// @return the promises that were not kept
    List<String> run() throws IOException, MessagingException {
        title("A channel configuration: whom mails come from and who takes them");
        call("CreateChannelConfiguration", DemoRequests.channelConfiguration(inbox.port()));
        call("ActivateChannelConfiguration", DemoRequests.CHANNEL_CONFIGURATION_NAME);

        title("A campaign: HTML and text with variables");
        call("CreateCampaign", DemoRequests.CAMPAIGN);

        title("Its review: what stands in the way, and what might be better");
        JsonObject review = call("ReviewCampaign", DemoRequests.CAMPAIGN_NAME);
        checks.that("the campaign can be activated", review.get("activatable").getAsBoolean());

        title("Its activation");
        JsonObject live = call("ActivateCampaign", DemoRequests.CAMPAIGN_NAME);
        checks.that("the campaign is live", text(live, "state").equals("STATE_LIVE"));

        title("A trigger: three recipients with data of their own, and one without its order");
        JsonObject first = call("TriggerCampaign", DemoRequests.TRIGGER);
        checkFirst(first);

        title("The same trigger again, as after a lost answer: the same answer, no second mail");
        JsonObject again = call("TriggerCampaign", DemoRequests.TRIGGER);
        checkReplay(first, again);

        title("What became of it");
        JsonObject execution = watch(text(first, "execution"));
        checkCounts(execution.getAsJsonObject("counts"));

        title("The mails as they arrived");
        showMails();
        return checks.failed();
    }

    private void checkFirst(JsonObject answer) {
        JsonArray results = answer.getAsJsonArray("results");
        for (int i = 0; i < 3; i++) {
            checks.that(
                    "recipient %d is accepted".formatted(i + 1),
                    results.get(i).getAsJsonObject().has("accepted"));
        }
        checks.that(
                "the recipient without an order is rejected",
                results.get(3).getAsJsonObject().has("rejected"));
    }

    private void checkReplay(JsonObject first, JsonObject again) {
        checks.that(
                "the repeated call is a duplicate",
                again.has("duplicate") && again.get("duplicate").getAsBoolean());
        checks.that(
                "the repeated call has the same execution",
                text(first, "execution").equals(text(again, "execution")));
        checks.that(
                "the repeated call has the same results",
                first.get("results").equals(again.get("results")));
    }

    private void checkCounts(JsonObject counts) {
        checks.that("three messages were planned", text(counts, "plannedCount").equals("3"));
        checks.that("three messages were sent", text(counts, "sentCount").equals("3"));
    }

    private void showMails() throws IOException, MessagingException {
        List<Inbox.Mail> mails = inbox.mails();
        for (Inbox.Mail mail : mails) {
            MailText read = MailText.of(mail);
            Arrivals.print(out, mail.recipient(), read);
            var person = DemoRequests.PEOPLE.get(mail.recipient());
            checks.that(
                    "each mail has its recipient's own data, in text and HTML",
                    person != null
                            && read.subject().contains(person.order())
                            && read.text().contains(person.name())
                            && read.html().contains(person.name()));
        }
        checks.that("three mails arrived", mails.size() == 3);
        checks.that(
                "each of the three people got one mail",
                mails.stream().map(Inbox.Mail::recipient).distinct().count() == 3);
        out.println("    %d mails, %d recipients".formatted(mails.size(), 3));
        out.flush();
    }

    private JsonObject watch(String execution) {
        return call("WatchExecution", "{\"name\": \"%s\"}".formatted(execution));
    }

    private JsonObject call(String method, String request) {
        out.println();
        out.println("  > " + method);
        show("  > ", request);
        List<String> answers = new ArrayList<>();
        api.call(ApiMethods.find(method), request, PATIENCE, answers::add);
        String last = answers.getLast();
        show("  < ", last);
        out.flush();
        return JsonParser.parseString(last).getAsJsonObject();
    }

    private void show(String margin, String json) {
        json.lines().forEach(line -> out.println(margin + line));
    }

    private void title(String title) {
        steps++;
        out.println();
        out.println("%d. %s".formatted(steps, title));
    }

    private static String text(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsString() : "";
    }
}
