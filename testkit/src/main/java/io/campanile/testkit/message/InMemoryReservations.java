package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.ruleset.RuleSetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Reservations in memory. Its transactions run one after the other, so that there is nothing to
/// lock.
public final class InMemoryReservations implements Reservations {
    private record Key(MessageId message, RuleSetId ruleSet) {}

    /// @param epoch under which it can be given back; absent when nobody can any more
    private record Reserved(NewReservation reservation, @Nullable Integer epoch) {
        boolean isUnder(Claim claim) {
            return epoch != null && epoch == claim.epoch().value() && isOf(claim.message());
        }

        boolean isOf(MessageId message) {
            return reservation.claim().message().equals(message);
        }

        Reserved by(PersonKey from, PersonKey to) {
            if (!reservation.person().equals(from)) {
                return this;
            }
            return new Reserved(
                    new NewReservation(
                            reservation.claim(),
                            reservation.ruleSet(),
                            reservation.version(),
                            to,
                            reservation.reservation()),
                    epoch);
        }

        Reserved kept() {
            return new Reserved(reservation, null);
        }
    }

    private final AtomicReference<@Nullable Runnable> duringNextLock = new AtomicReference<>();
    private final InMemoryStore store;
    private final Map<Key, Reserved> reserved = new HashMap<>();

    InMemoryReservations(InMemoryStore store) {
        this.store = store;
    }

    /// Does something at the end of the next wait for people.
    public void duringNextLock(Runnable work) {
        duringNextLock.set(work);
    }

    @Override
    public void lock(Collection<PersonKey> persons) {
        store.requireThere();
        Runnable meanwhile = duringNextLock.getAndSet(null);
        if (meanwhile != null) {
            meanwhile.run();
        }
    }

    @Override
    public void reserve(Collection<NewReservation> reservations) {
        synchronized (store) {
            store.requireThere();
            for (NewReservation next : reservations) {
                reserved.merge(
                        new Key(next.claim().message(), next.ruleSet()),
                        new Reserved(next, next.claim().epoch().value()),
                        (before, now) -> before.isUnder(next.claim()) ? now : now.kept());
            }
        }
    }

    @Override
    public void giveBack(Collection<Claim> claims) {
        synchronized (store) {
            store.requireThere();
            reserved.values().removeIf(each -> claims.stream().anyMatch(each::isUnder));
        }
    }

    @Override
    public void keep(Collection<Claim> claims) {
        synchronized (store) {
            store.requireThere();
            Set<MessageId> messages =
                    claims.stream().map(Claim::message).collect(Collectors.toSet());
            reserved.replaceAll(
                    (key, each) -> messages.contains(key.message()) ? each.kept() : each);
        }
    }

    @Override
    public void move(PersonKey from, PersonKey to) {
        synchronized (store) {
            store.requireThere();
            reserved.replaceAll((_, each) -> each.by(from, to));
        }
    }

    @Override
    public void follow(Map<PersonKey, PersonKey> known) {
        known.forEach(this::move);
    }

    @Override
    public void forget(Collection<PersonKey> persons, Instant before) {
        synchronized (store) {
            store.requireThere();
            reserved.values()
                    .removeIf(each ->
                            persons.contains(each.reservation().person())
                                    && each.reservation().reservation().time().isBefore(before));
        }
    }

    @Override
    public int forget(Instant before, int limit) {
        synchronized (store) {
            store.requireThere();
            Set<Key> old = new HashSet<>();
            reserved.forEach((key, each) -> {
                if (each.reservation().reservation().time().isBefore(before)
                        && old.size() < limit) {
                    old.add(key);
                }
            });
            reserved.keySet().removeAll(old);
            return old.size();
        }
    }

    /// What was reserved for any of the persons by other messages, but under these claims.
    public List<Reservation> of(
            Collection<PersonKey> persons,
            RuleSetId ruleSet,
            @Nullable MessageId message,
            Map<MessageId, ClaimEpoch> counted) {
        List<Claim> claims =
                counted.entrySet().stream()
                        .map(each -> new Claim(each.getKey(), each.getValue()))
                        .toList();
        synchronized (store) {
            store.requireThere();
            return reserved.values().stream()
                    .filter(each -> claims.stream().noneMatch(each::isUnder))
                    .map(Reserved::reservation)
                    .filter(each -> each.ruleSet().equals(ruleSet))
                    .filter(each -> persons.contains(each.person()))
                    .filter(each -> !each.claim().message().equals(message))
                    .map(each ->
                            new Reservation(
                                    each.claim().message(),
                                    each.reservation().channel(),
                                    each.reservation().time()))
                    .toList();
        }
    }

    /// The messages whose reservations can still be given back.
    Set<MessageId> thatCanBeGivenBack() {
        return reserved.entrySet().stream()
                .filter(each -> each.getValue().epoch() != null)
                .map(each -> each.getKey().message())
                .collect(Collectors.toSet());
    }
}
