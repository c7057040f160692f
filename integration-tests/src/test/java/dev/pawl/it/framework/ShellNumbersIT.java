package dev.pawl.it.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.ledger.LedgerModule;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers typed into the shell keep all digits on the way through the whole system and back. */
class ShellNumbersIT {

    private static final String AMOUNT = "12345678901234567.89";
    private static final String PAYLOAD = "{\"big\":12345678901234567890.123456789,\"small\":-7E-300,\"zeros\":0.1000}";

    @TempDir
    Path folder;

    @Test
    void whatIsTypedComesBackWithEveryDigit() throws Exception {
        try (PawlFramework pawl = PawlFramework.startWithShell(folder.resolve("data"))) {
            pawl.deployer().install(ModuleJar.of(LedgerModule.class, "1.0.0", folder), InstallOptions.by("test"));
            Eventually.eventually(
                    "the module takes jobs", () -> pawl.type("module:list").contains("ledger"));

            String job = pawl.type("job:run ledger amount=" + AMOUNT + " 'payload=" + PAYLOAD + "'");

            Eventually.eventually("it ends", () -> pawl.status(job) == JobStatus.COMPLETED);
            String result = pawl.results(job).get(0);
            assertTrue(result.contains("\"amount\":" + AMOUNT), result);
            assertTrue(result.contains("\"payload\":" + PAYLOAD), result);
            assertTrue(pawl.type("job:results " + job).replaceAll("\\s", "").contains(AMOUNT));
            assertTrue(pawl.type("job:show " + job).contains("{amount=" + AMOUNT), pawl.type("job:show " + job));
            assertEquals("{\"amount\":" + AMOUNT + "}", pawl.type("data:get ledger book"));

            pawl.type("data:put ledger other '" + PAYLOAD + "'");
            assertEquals(PAYLOAD, pawl.type("data:get ledger other"));
        }
    }
}
