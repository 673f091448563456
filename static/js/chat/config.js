// What the server wrote into the page.
export const config = JSON.parse(document.getElementById("chat-config").textContent);
const skew = Date.parse(config.now) - Date.now();

/** The time now by the server's clock, in milliseconds. */
export const serverNow = () => Date.now() + skew;
