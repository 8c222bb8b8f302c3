package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class InMemoryProviderTest extends ProviderContract {
    private final List<InMemoryProvider> opened = new ArrayList<>();
    private final Map<EmailAddress, AttemptOutcome> answers = new HashMap<>();

    @Override
    protected Provider provider(int slots) {
        var provider = new InMemoryProvider(slots);
        provider.answer(email ->
                answers.getOrDefault(
                        email.to(), new AttemptOutcome.Taken(new ProviderReply(250, ""))));
        opened.add(provider);
        return provider;
    }

    @Override
    protected void refuse(EmailAddress address) {
        answers.put(
                address,
                new AttemptOutcome.Refused(
                        Reason.ADDRESS_REFUSED, new ProviderReply(550, "5.1.1")));
    }

    @Override
    protected void beBusyFor(EmailAddress address) {
        answers.put(
                address,
                new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, new ProviderReply(450, ""), null));
    }

    @Override
    protected List<MessageId> arrived() {
        return opened.stream()
                .flatMap(provider -> provider.taken().stream())
                .map(OutgoingEmail::id)
                .toList();
    }
}
