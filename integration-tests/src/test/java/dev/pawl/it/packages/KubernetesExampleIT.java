package dev.pawl.it.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The example for Kubernetes: by the API's own definitions, and by what the image and the server need of it. */
class KubernetesExampleIT {

    private static final Path FILE = Path.of("../packages/kubernetes/pawl.yaml");
    private static final String IMAGE = "../packages/src/main/java/dev/pawl/packages/OciImage.java";

    private JsonObject service;
    private JsonObject set;
    private JsonObject pod;
    private JsonObject container;

    @BeforeEach
    void read() throws Exception {
        List<JsonObject> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(FILE))) {
            documents.add(new Gson().toJsonTree(document).getAsJsonObject());
        }
        service = documents.get(0);
        set = documents.get(1);
        assertEquals(2, documents.size());
        pod = at(set, "spec", "template", "spec").getAsJsonObject();
        container = pod.getAsJsonArray("containers").get(0).getAsJsonObject();
    }

    @Test
    void itHasTheFieldsThatKubernetesDefinesAndAllThatItRequires() throws Exception {
        validate("V1Service", service);
        validate("V1StatefulSet", set);
        container.addProperty("volumeMount", "x");
        Throwable refused = assertThrows(InvocationTargetException.class, () -> validate("V1StatefulSet", set))
                .getCause();
        assertTrue(refused.getMessage().contains("`volumeMount`"), refused::getMessage);
    }

    @Test
    void itRunsAsTheUserOfTheImageWithNoRightBeyond() throws Exception {
        JsonObject user = pod.getAsJsonObject("securityContext");
        String id = user.get("runAsUser").getAsString();
        assertTrue(Files.readString(Path.of(IMAGE)).contains("setUser(\"" + id + ":" + id + "\")"), id);
        for (String each : List.of("runAsGroup", "fsGroup")) {
            assertEquals(id, user.get(each).getAsString(), each);
        }
        assertTrue(user.get("runAsNonRoot").getAsBoolean());
        JsonObject rights = container.getAsJsonObject("securityContext");
        assertTrue(rights.get("readOnlyRootFilesystem").getAsBoolean());
        assertEquals(false, rights.get("allowPrivilegeEscalation").getAsBoolean());
        assertEquals("[\"ALL\"]", at(rights, "capabilities", "drop").toString());
    }

    @Test
    void oneServerOwnsTheVolumeOfTheImagesData() throws Exception {
        assertEquals(1, at(set, "spec", "replicas").getAsInt());
        JsonObject mount = named(container.getAsJsonArray("volumeMounts"), "data");
        assertTrue(Files.readString(Path.of(IMAGE))
                .contains("DATA = \"" + mount.get("mountPath").getAsString() + "\""));
        JsonObject claim =
                at(set, "spec", "volumeClaimTemplates").getAsJsonArray().get(0).getAsJsonObject();
        assertEquals("data", at(claim, "metadata", "name").getAsString());
        assertEquals("[\"ReadWriteOnce\"]", at(claim, "spec", "accessModes").toString());
    }

    @Test
    void itIsProbedOnTheHealthPortOfTheImageAndStoppedInTime() throws Exception {
        JsonObject port = named(container.getAsJsonArray("ports"), "health");
        String stated = Files.readString(Path.of(IMAGE)).replaceAll("\\s+", " ");
        assertTrue(
                stated.contains(
                        "\"PAWL_HEALTH_PORT\", \"" + port.get("containerPort").getAsInt() + "\""),
                stated);
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertEquals("health", at(container, probe, "httpGet", "port").getAsString(), probe);
        }
        assertEquals(
                "/status/health",
                at(container, "readinessProbe", "httpGet", "path").getAsString());
        assertEquals(
                "/status/health?check=live",
                at(container, "livenessProbe", "httpGet", "path").getAsString());
        int startSeconds = at(container, "startupProbe", "periodSeconds").getAsInt()
                * at(container, "startupProbe", "failureThreshold").getAsInt();
        assertEquals(15 * 60, startSeconds, "as long as the unit of systemd gives a migration");
        assertEquals(60, pod.get("terminationGracePeriodSeconds").getAsInt());
        assertEquals(
                at(set, "spec", "template", "metadata", "labels").toString(),
                at(service, "spec", "selector").toString());
        assertEquals(
                "api",
                named(container.getAsJsonArray("ports"), "api").get("name").getAsString());
    }

    /** Looked up by name, since the compiler misses the classes of the definitions' annotations. */
    private static void validate(String kind, JsonObject document) throws Exception {
        Class.forName("io.kubernetes.client.openapi.models." + kind)
                .getMethod("validateJsonElement", JsonElement.class)
                .invoke(null, document);
    }

    private static JsonElement at(JsonElement from, String... names) {
        JsonElement found = from;
        for (String name : names) {
            found = found.getAsJsonObject().get(name);
        }
        return found;
    }

    private static JsonObject named(JsonArray list, String name) {
        for (JsonElement each : list) {
            if (each.getAsJsonObject().get("name").getAsString().equals(name)) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError(name + " is not in " + list);
    }
}
