package dev.pawl.http.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.RoutesTest;
import dev.pawl.http.route.Answer;
import dev.pawl.service.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DocPageTest {

    private static final int LARGEST = 620_000;
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern PLACE = Pattern.compile(" href=\"#([^\"]+)\"");

    private final String page = DocPage.of(RoutesTest.all(), "1.0 <beta>");
    private final Pages pages = new Pages(page);

    @Test
    void everyLinkWithinThePageLeadsToOnePlace() {
        Set<String> ids = new HashSet<>();
        Matcher id = ID.matcher(page);
        while (id.find()) {
            assertTrue(ids.add(id.group(1)), () -> id.group(1) + " is there twice");
        }
        Matcher place = PLACE.matcher(page);
        while (place.find()) {
            assertTrue(ids.contains(place.group(1)), () -> place.group(1) + " is linked and not there");
        }
    }

    @Test
    void everyProblemIsThereWithItsCauseAndItsRemedy() {
        for (ProblemCode code : ProblemCode.values()) {
            assertTrue(page.contains("id=\"" + code.id() + "\""), code::id);
            String cause = new Html().prose(code.cause()).toString();
            String remedy = new Html().prose(code.remedy()).toString();
            assertTrue(page.contains("<p>" + cause + " <span class=\"remedy\">" + remedy), code::id);
        }
    }

    @Test
    void everyRouteHasACallOfThisServer() {
        String shown = text(pages.at("https://pawl.example.com:8443"));
        assertTrue(shown.contains("https://pawl.example.com:8443/jobs"), shown);
        assertTrue(shown.contains("wss://pawl.example.com:8443/jobs/"), shown);
        assertFalse(shown.contains(SampleCall.ORIGIN) || shown.contains(SampleCall.SOCKET_ORIGIN));
        int calls = shown.split("<figcaption>(curl|websocat)</figcaption>", -1).length - 1;
        assertEquals(RoutesTest.all().size(), calls);
    }

    @Test
    void textsAreNoMarkup() {
        assertTrue(page.contains("1.0 &lt;beta&gt;"));
        assertFalse(page.contains("<beta>"));
    }

    @Test
    void aBrowserMayApplyThePagesOwnScriptAndNoOther() {
        String policy = pages.at("http://localhost:8420").headers().get("Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'; style-src 'sha256-"), policy);
        assertFalse(policy.contains("unsafe-inline"), policy);
        for (String element : new String[] {"style", "script"}) {
            String content = page.replaceFirst("(?s).*<" + element + ">(.*)</" + element + ">.*", "$1");
            assertTrue(policy.contains(element + "-src " + PageResource.source(content)), policy);
        }
        assertFalse(page.contains(" style=") || page.contains(" onclick="), "attributes that the policy forbids");
    }

    @Test
    void thePageIsMadeOnceForAnAddressAndFewAreKept() {
        assertTrue(page.length() < LARGEST, () -> page.length() + " characters");
        Answer.Text first = pages.at("http://localhost:8420");
        assertSame(first, pages.at("http://localhost:8420"));
        for (int n = 1; n <= 3; n++) {
            pages.at("http://127.0.0." + n);
            assertSame(first, pages.at("http://localhost:8420"));
        }
        for (int n = 4; n <= 8; n++) {
            pages.at("http://127.0.0." + n);
        }
        assertNotSame(first, pages.at("http://localhost:8420"));
    }

    private static String text(Answer.Text answer) {
        return StandardCharsets.UTF_8.decode(answer.utf8().duplicate()).toString();
    }
}
