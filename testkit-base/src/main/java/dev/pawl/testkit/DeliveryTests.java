package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.StoreUpkeep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** Deliveries of callbacks in a store, with what its tests have in common. */
abstract class DeliveryTests {

    static final String URL = "https://ci.example.com/done?build=7";
    static final String HOST = "ci.example.com:443";
    static final Duration MINUTE = Duration.ofMinutes(1);

    protected final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    final AtomicInteger told = new AtomicInteger();

    /** The store under test. */
    protected abstract DeliveryStore deliveries();

    /** The jobs in the same store. */
    protected abstract JobStore jobs();

    /** The audit log beside it. */
    protected abstract AuditLog audit();

    /** The removal of old jobs. */
    protected abstract StoreUpkeep upkeep();

    /** Closes all and opens them again, with their contents. */
    protected abstract void reopen();

    @BeforeEach
    void listen() {
        deliveries().attach(told::incrementAndGet);
    }

    JobStoreDriver driver() {
        return new JobStoreDriver(jobs(), clock);
    }

    List<DueDelivery> due() {
        return await(deliveries().take(clock.instant(), Set.of(), Set.of(), 100));
    }

    List<CallbackEvent> events(Job job) {
        return deliveries().of(job.id()).stream().map(Delivery::event).toList();
    }

    Job begun() {
        driver().add(withCallback());
        return driver().claimOne();
    }

    Job ended(String url) {
        driver().add(request()
                .callback(new Callback(url, CallbackEvent.ENDS, null))
                .build());
        Job job = driver().claimOne();
        driver().write(driver().move(job, driver().completed()));
        return job;
    }

    static JobRequest.Builder request() {
        return JobStoreDriver.request("m");
    }

    static JobRequest withCallback() {
        return request().callback(new Callback(URL, CallbackEvent.ENDS, null)).build();
    }
}
