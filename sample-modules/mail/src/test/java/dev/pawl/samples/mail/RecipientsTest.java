package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be written to, and what becomes of recipients whom the server refuses. */
final class RecipientsTest {

    @TempDir
    Path folder;

    private final SmtpFake server = new SmtpFake();
    private MailFixture mail;

    @BeforeEach
    void begin() {
        mail = new MailFixture(server, folder);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @Test
    void nobodyIsAllowedByDefault() {
        assertEquals(
                "to[0] is b@example.org, which the setting recipients of mail does not allow; it allows nobody,"
                        + " and only an admin changes it.",
                mail.without("recipients").refusal());
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, a@example.org, true",
        "@example.org, a@EXAMPLE.org, true",
        "example.org, a@sub.example.org, false",
        "example.org, a@notexample.org, false",
        "*.example.org, a@sub.example.org, true",
        "*.example.org, a@example.org, false",
        "*.example.org, a@notexample.org, false",
        "a@example.org, A@example.org, true",
        "a@example.org, b@example.org, false",
        "*, a@anywhere.net, true",
        "bücher.example, a@xn--bcher-kva.example, true",
        "xn--gre-6ka8i.example, a@xn--gre-6ka8i.example, true",
        "example.org, a%evil.net@example.org, false",
        "example.org, evil.net!a@example.org, false",
        "example.org, a@example.org.evil.net, false"
    })
    void aRuleAllowsWhatItSays(String rule, String address, boolean allowed) throws Exception {
        AddressRules rules = AddressRules.of("recipients", List.of(rule));
        Mailbox box = Mailbox.of("to[0]", address);
        boolean found = true;
        try {
            rules.require("to[0]", box);
        } catch (dev.pawl.api.module.ValidationException refused) {
            found = false;
        }
        assertEquals(allowed, found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@example.org",
                "a@",
                "a b@example.org",
                "a@b@example.org",
                "a@example.org, c@example.org",
                "group: a@example.org;",
                "\"a b\"@example.org",
                "a..b@example.org",
                "a@-x.org",
                "a@x_y.org",
                "a@.org",
                "<a@example.org> x"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertTrue(mail.input("to", List.of(text)).refusal().contains("it takes one address"));
    }

    @Test
    void theSenderIsThatOfTheSettingsOrOneOfTheAllowed() {
        String refusal = mail.input("from", "boss@example.org").refusal();
        assertTrue(refusal.startsWith("from is boss@example.org, which the setting senders"), refusal);

        mail.setting("senders", List.of("example.org")).sent();
        assertTrue(
                server.commands().contains("MAIL FROM:<boss@example.org>"),
                server.commands().toString());
    }

    @Test
    void moreRecipientsThanAllowedAreRefused() {
        mail.input("cc", List.of("c@example.org", "d@example.org")).setting("max_recipients", 2);

        assertEquals("The mail has 3 recipients; the setting max_recipients of mail allows 2.", mail.refusal());
    }

    @Test
    void aJobCannotChangeWhereMailsGo() {
        assertTrue(MailSettings.class.getRecordComponents().length > 0);
        for (var component : MailSettings.class.getRecordComponents()) {
            boolean harmless =
                    List.of("timeout", "attempts", "retryWait", "root").contains(component.getName());
            assertEquals(
                    !harmless, component.isAnnotationPresent(dev.pawl.api.module.AdminOnly.class), component.getName());
        }
    }

    @Test
    void nothingIsSentWhenTheServerRefusesARecipientAndAllAreNamed() {
        server.answers("RCPT TO:<c@", "550 5.1.1 c is unknown here").answers("RCPT TO:<d@", "553 5.1.3 bad d");

        String message =
                mail.input("cc", List.of("c@example.org", "d@example.org")).failure();

        assertEquals(
                "Nothing was sent. The server refuses the recipient c@example.org: 550 5.1.1 c is unknown here"
                        + " The server refuses the recipient d@example.org: 553 5.1.3 bad d",
                message);
        assertEquals(List.of(), server.mails());
    }

    @Test
    void aPartialMailGoesToTheOthersAndNamesTheRefused() {
        server.answers("RCPT TO:<c@", "550 5.1.1 c is unknown here");

        HarnessRun run = mail.input("cc", List.of("c@example.org"))
                .input("partial", true)
                .sent();

        assertEquals(List.of("b@example.org"), run.results().get(0).get("accepted"));
        assertEquals(
                List.of("The server refuses the recipient c@example.org: 550 5.1.1 c is unknown here"),
                run.results().get(0).get("refused"));
        assertTrue(run.lines().contains("The server refuses the recipient c@example.org: 550 5.1.1 c is unknown here"));
        assertEquals(1, server.mails().size());
    }

    @Test
    void domainsOfAnyLanguageAreSentInAscii() {
        String ambiguous = mail.input("to", List.of("b@größe.example")).refusal();
        assertTrue(ambiguous.endsWith("give it in ASCII, as xn--…."), ambiguous);

        mail.input("to", List.of("b@bücher.example"))
                .setting("recipients", List.of("bücher.example"))
                .sent();

        assertTrue(
                server.commands().contains("RCPT TO:<b@xn--bcher-kva.example>"),
                server.commands().toString());
    }

    @Test
    void otherCharactersBeforeTheAtNeedAServerThatTakesThem() throws Exception {
        mail.input("to", List.of("größe@example.org"));
        String message = mail.failure();
        assertTrue(message.contains("does not offer SMTPUTF8), and größe@example.org has others."), message);

        server.offers("8BITMIME", "SMTPUTF8");
        mail.sent();
        assertTrue(
                server.commands().contains("RCPT TO:<größe@example.org>"),
                server.commands().toString());
        assertTrue(server.commands().stream().anyMatch(line -> line.startsWith("MAIL") && line.contains("SMTPUTF8")));
    }

    @Test
    void aMailWithoutRecipientsOrContentIsRefused() {
        assertTrue(mail.without("text").refusal().startsWith("The mail is empty"));
        assertTrue(mail.input("text", "x").without("to").refusal().startsWith("The mail has no recipient"));
        assertTrue(mail.input("to", List.of("b@example.org"))
                .without("from")
                .refusal()
                .startsWith("The mail has no sender"));
    }
}
