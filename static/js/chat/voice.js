// Dictation, where the browser can do it; hidden elsewhere.
import { config } from "./config.js";
import { announce, notice } from "./notices.js";
import { t } from "./words.js";

/** Let the person dictate into the composer. */
export function setUpVoice(composer) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  const button = document.getElementById("voice");
  if (!Recognition) return;
  button.hidden = false;
  let running = null;
  const end = () => {
    running = null;
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    if (running) {
      running.stop();
      return;
    }
    const before = composer.text ? `${composer.text} ` : "";
    running = new Recognition();
    running.lang = config.language === "zh" ? "zh-CN" : "en-GB";
    running.interimResults = true;
    running.addEventListener("result", (event) => composer.write(before + [...event.results].map((result) => result[0].transcript).join("")));
    running.addEventListener("error", (event) => {
      if (event.error !== "aborted") notice("voice", { style: "notice--warn", mark: "mic", title: t("voice_failed"), close: () => {} });
    });
    running.addEventListener("end", end);
    running.start();
    button.setAttribute("aria-pressed", "true");
    announce(t("listening"));
  });
}
