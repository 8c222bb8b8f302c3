package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.port.Transactions;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.DuplicatesContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiDuplicatesIT extends DuplicatesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Test
    void namesNobodyWhoExistsNoLongerAndKnowsTheOthersWhenMembersAreForgotten() {
        var execution = written();
        MessageId first = duplicates(execution).getFirst();
        MessageId second = duplicates(execution).getLast();
        ProfileId instead = store().messages().writtenInstead(first).orElseThrow();
        forget(clock);

        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate("DELETE FROM profile_identity WHERE profile_id = :gone")
                                .bind("gone", instead.value())
                                .execute());

        assertThat(store().messages().writtenInstead(first)).isEmpty();
        assertThat(store().messages().writtenInstead(second)).isPresent();
    }
}
