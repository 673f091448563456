// Words, amounts and times in the page's language.
import { config, serverNow } from "./config.js";

const locale = config.language === "zh" ? "zh-CN" : "en-GB";
const SYMBOLS = { CNY: "¥", HKD: "HK$", SGD: "S$", GBP: "£", USD: "US$", EUR: "€", TWD: "NT$", MOP: "MOP$", JPY: "JP¥" };
const WHOLE = new Set(["JPY"]);

/** The words of `key`, with `{name}` filled in from `values`. */
export function t(key, values = {}) {
  const words = config.words[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** An amount as [sign, symbol, figures]. `short` leaves out the fraction of a whole amount. */
export function moneyParts(money, short = false) {
  const value = Number(money.amount);
  const currency = money.currency ?? "CNY";
  const digits = WHOLE.has(currency) || (short && Number.isInteger(value)) ? 0 : 2;
  const figures = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [value < 0 ? "−" : "", SYMBOLS[currency] ?? `${currency} `, figures];
}

/** An amount in words: ¥62.00, HK$18.00, −£2.50. */
export const money = (amount, short = false) => moneyParts(amount, short).join("");

function format(options) {
  const formatter = new Intl.DateTimeFormat(locale, { timeZone: config.zone, ...options });
  return (value) => formatter.format(new Date(value));
}
/** 18:05, in the person's time zone. */
export const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayName = format({ month: "long", day: "numeric" });
const numbers = new Intl.DateTimeFormat("en-CA", { timeZone: config.zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** 2026-11-23, in the person's time zone. */
export const dayKey = (value) => numbers.format(new Date(value));

/** 11-23 18:08 */
export const stampTime = (value) => `${dayKey(value).slice(5)} ${clock(value)}`;

/** "Today 18:05", "Yesterday 09:12", "20 November 11:30" */
export function moment(value) {
  const key = dayKey(value);
  if (key === dayKey(serverNow())) return `${t("today")} ${clock(value)}`;
  if (key === dayKey(serverNow() - 86_400_000)) return `${t("yesterday")} ${clock(value)}`;
  return `${dayName(value)} ${clock(value)}`;
}

/** 4:05 for 245 seconds. */
export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** 640 KB, 1.4 MB */
export function fileSize(bytes) {
  if (bytes < 1_000_000) return t("file_size_small", { size: Math.max(1, Math.round(bytes / 1000)) });
  return t("file_size", { size: (bytes / 1_000_000).toFixed(1) });
}
