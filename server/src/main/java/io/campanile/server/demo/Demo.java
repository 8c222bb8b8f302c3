package io.campanile.server.demo;

import io.campanile.server.call.ApiClient;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// Sends orders and a newsletter, only through the public API, and shows what was sent, what was
/// answered and what arrived. Everything it promises is checked.
public final class Demo {
    private final Steps steps;
    private final Inbox inbox;

    Demo(ApiClient api, Inbox inbox, PrintWriter out) {
        this.steps = new Steps(api, out);
        this.inbox = inbox;
    }

    /// Runs through all steps.
    ///
    /// @return the promises that were not kept
    List<String> run() throws IOException, MessagingException {
        new OrderDemo(steps, inbox).run();
        new NewsletterDemo(steps, inbox).run();
        new BroadcastDemo(steps).run();
        return steps.checks().failed();
    }
}
