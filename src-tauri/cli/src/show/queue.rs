//! The recogniser's queue in words.

use baoku_app::model::view::*;

use crate::words::Words;

/// One line while it runs.
pub fn queue_line(queue: &RecognitionView, words: Words) -> String {
    let left = queue
        .seconds_left
        .map(|s| words.pick(format!(" · 约 {s} 秒"), format!(" · about {s} s left")))
        .unwrap_or_default();
    let now: Vec<String> = queue
        .current
        .iter()
        .map(|p| {
            let issue = [p.newspaper.as_str(), p.date.as_deref().unwrap_or_default()].join(" ");
            words.pick(format!("{issue} 第{}版", p.number), format!("{issue} p. {}", p.number))
        })
        .collect();
    words.pick(
        format!("识别：已完成 {} 版，等待 {} 版{left} · {}", queue.done, queue.waiting, now.join("、")),
        format!("recognising: {} done, {} wait{left} · {}", queue.done, queue.waiting, now.join(", ")),
    )
}

/// What came of it, or what stands in its way.
pub fn queue(queue: &RecognitionView, words: Words) {
    println!(
        "{}",
        words.pick(
            format!("文字识别：本次识别 {} 版，等待 {} 版，失败 {} 版。", queue.done, queue.waiting, queue.failed),
            format!(
                "Text recognition: {} pages read now, {} wait, {} failed.",
                queue.done, queue.waiting, queue.failed
            ),
        )
    );
    if let Some(trouble) = &queue.trouble {
        println!("{}{}", words.pick("已暂停：", "Halted: "), trouble.message);
    } else if queue.state == QueueState::NoEngine {
        println!(
            "{}",
            words.pick(
                "没有可用的识别引擎：版面已保存，但检索查不到其中的文字。",
                "No recogniser is there: the pages are held, but no search finds what they say.",
            )
        );
    }
}
